//! Files of `config/` that no proxy here reads: what must stand in them stands in them.
