/** Requests that say for which rows a formula may give something else. */
export const statedRegions: readonly string[] = ['alter table theseus.changes add column regions jsonb'];
