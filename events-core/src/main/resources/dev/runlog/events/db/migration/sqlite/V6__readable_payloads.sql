-- PostgreSQL's sums left calls out that SQLite's never did. Versions go together, so here there is nothing to change.
SELECT 1;
