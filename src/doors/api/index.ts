/** The door of the API: the server, and what it needs from whoever joins it to a machine and its records. */
export * from './control-reads.ts';
export { openApiOf } from './open-api/open-api.ts';
export { type Served, serve, type ServeOptions } from './serve.ts';
