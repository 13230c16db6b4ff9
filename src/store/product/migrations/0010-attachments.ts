/** Documents that come with a request. */
export const attachments: readonly string[] = ['alter table theseus.changes add column attachments jsonb'];
