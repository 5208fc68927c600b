/// The words of the house: records, errors and small values that cross walls.
module dev.backstay.model {
  requires static transitive org.jspecify;

  exports dev.backstay.model;
}
