-- Who has approved a paper in another's place is not asked about it again by an own post.

ALTER TABLE app.approval_row ADD COLUMN stood_in text[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN app.approval_row.stood_in IS 'Who has already approved the paper in the place of somebody who is away: nobody decides on it a second time.';
