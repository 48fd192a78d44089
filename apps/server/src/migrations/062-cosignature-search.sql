-- The newest checkpoint that enough witnesses signed is searched witness by witness, however long one of them was away.

CREATE INDEX cosignature_by_witness ON log.cosignature (witness, size);
