-- What everybody was told last of a resource by a row of the log: whether it could be seen then.
CREATE INDEX public_change_by_id ON public_change (id);
