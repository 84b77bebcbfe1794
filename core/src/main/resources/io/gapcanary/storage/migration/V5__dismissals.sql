-- 1: a question for which an agent dismissed the article, not one that led to it.
ALTER TABLE wording ADD COLUMN dismissed INTEGER NOT NULL DEFAULT 0;
