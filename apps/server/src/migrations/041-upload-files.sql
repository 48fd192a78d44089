ALTER TABLE app.upload ADD COLUMN file text NOT NULL DEFAULT '';
COMMENT ON COLUMN app.upload.file IS
  'Which of the files receiving/<id>.<file>.<offset> holds the acknowledged bytes; changes when a writer did not bring the last one back';
