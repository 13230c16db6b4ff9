/**
 * Our own derived SQL over other schemas than `e` and `v`: the same tables, views and statements once more beside the first ones, in
 * the trial database. Names that stand in quotes and texts are left as they are. Never for a text that is not ours.
 */
export interface Schemas {
  readonly e: string;
  readonly v: string;
}
const token = /'(?:[^']|'')*'|\b([ev])\.("(?:[^"]|"")*")|"(?:[^"]|"")*"/g;

export const inSchemas = (text: string, schemas: Schemas): string =>
  text.replace(token, (whole: string, schema: 'e' | 'v' | undefined, name: string | undefined) =>
    schema === undefined || name === undefined ? whole : `${schemas[schema]}.${name}`,
  );
