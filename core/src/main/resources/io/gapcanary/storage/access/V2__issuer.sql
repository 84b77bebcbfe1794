-- Whom an issuer means, where one vouches for the person: names of people may change hands there, this does not.
ALTER TABLE person ADD COLUMN subject TEXT;
