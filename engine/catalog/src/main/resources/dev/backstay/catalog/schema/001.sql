-- Times are nanoseconds since 1970, UTC. Texts are cut to a length that no honest row reaches.
-- Every transaction raises both generations, first one, then the other: a torn one shows.
CREATE TABLE meta (name VARCHAR(40) PRIMARY KEY, val BIGINT NOT NULL);
INSERT INTO meta VALUES ('generation', 0);
CREATE TABLE tally (id INT PRIMARY KEY, generation BIGINT NOT NULL);
INSERT INTO tally VALUES (1, 0);

CREATE TABLE repository (
  id VARCHAR(100) PRIMARY KEY,
  location VARCHAR(10000) NOT NULL,
  synced BIGINT
);

CREATE TABLE restore_point (
  repository_id VARCHAR(100) NOT NULL,
  id VARCHAR(100) NOT NULL,
  taken BIGINT NOT NULL,
  context VARCHAR(10000) NOT NULL,
  cluster_id VARCHAR(10000) NOT NULL,
  namespace VARCHAR(10000) NOT NULL,
  manifests BIGINT NOT NULL,
  partial BOOLEAN NOT NULL,
  job_id VARCHAR(100) NOT NULL,
  added_bytes BIGINT NOT NULL,
  parent VARCHAR(100),
  program_version VARCHAR(1000) NOT NULL,
  volume_count INT NOT NULL,
  warning_count INT NOT NULL,
  PRIMARY KEY (repository_id, id)
);
CREATE INDEX restore_point_taken ON restore_point (taken DESC);

CREATE TABLE restore_point_volume (
  repository_id VARCHAR(100) NOT NULL,
  restore_point_id VARCHAR(100) NOT NULL,
  seq INT NOT NULL,
  pvc VARCHAR(1000) NOT NULL,
  method VARCHAR(1000) NOT NULL,
  consistency VARCHAR(1000) NOT NULL,
  files BIGINT NOT NULL,
  bytes BIGINT NOT NULL,
  PRIMARY KEY (repository_id, restore_point_id, seq)
);

CREATE TABLE restore_point_warning (
  repository_id VARCHAR(100) NOT NULL,
  restore_point_id VARCHAR(100) NOT NULL,
  seq INT NOT NULL,
  item VARCHAR(10000) NOT NULL,
  code VARCHAR(1000) NOT NULL,
  message VARCHAR(10000) NOT NULL,
  remedy VARCHAR(10000) NOT NULL,
  PRIMARY KEY (repository_id, restore_point_id, seq)
);

CREATE TABLE job (
  id VARCHAR(100) PRIMARY KEY,
  kind VARCHAR(100) NOT NULL,
  state VARCHAR(100) NOT NULL,
  context VARCHAR(10000),
  cluster_id VARCHAR(10000),
  namespace VARCHAR(10000),
  repository VARCHAR(10000),
  submitted BIGINT NOT NULL,
  started BIGINT,
  ended BIGINT,
  outcome VARCHAR(100),
  restore_point VARCHAR(100),
  item_count INT NOT NULL
);
CREATE INDEX job_submitted ON job (submitted DESC);

CREATE TABLE job_detail (
  job_id VARCHAR(100) NOT NULL,
  name VARCHAR(1000) NOT NULL,
  val VARCHAR(100000) NOT NULL,
  PRIMARY KEY (job_id, name)
);

-- kind: error, failure or warning
CREATE TABLE job_item (
  job_id VARCHAR(100) NOT NULL,
  seq INT NOT NULL,
  kind VARCHAR(10) NOT NULL,
  item VARCHAR(10000) NOT NULL,
  code VARCHAR(1000) NOT NULL,
  message VARCHAR(10000) NOT NULL,
  remedy VARCHAR(10000) NOT NULL,
  PRIMARY KEY (job_id, seq)
);

CREATE TABLE job_log (
  job_id VARCHAR(100) NOT NULL,
  seq BIGINT NOT NULL,
  at BIGINT NOT NULL,
  text VARCHAR(10000) NOT NULL,
  PRIMARY KEY (job_id, seq)
);
