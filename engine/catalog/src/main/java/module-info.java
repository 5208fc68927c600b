/// The local catalog: restore points, jobs and their logs in an H2 file. The only room that imports
/// java.sql.
module dev.backstay.catalog {
  requires transitive dev.backstay.model;
  requires java.naming; // a supertype of H2's data source
  requires java.sql;
  requires com.h2database;
  requires org.jdbi.v3.core;
  requires org.slf4j;
  requires static org.jspecify;

  exports dev.backstay.catalog;
}
