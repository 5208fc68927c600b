-- The cluster as users know it who may not read the uid of kube-system.
ALTER TABLE restore_point ADD COLUMN server_id VARCHAR(100) DEFAULT '' NOT NULL;
