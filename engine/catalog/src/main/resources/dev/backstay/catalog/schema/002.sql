-- Whether only a part of the namespace was asked for.
ALTER TABLE restore_point ADD COLUMN selective BOOLEAN DEFAULT FALSE NOT NULL;
