/** What a tool is: how it is told to an agent, and what it does with the caller's own client. */
import type { Client, JsonObject } from '#api/client';

export interface Tool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly inputSchema: JsonObject & { readonly type: 'object' };
  /** It alters nothing. */
  readonly reads: boolean;
  readonly run: (client: Client, given: JsonObject) => Promise<Told>;
}
/** `failed`: the agent should read why, and do something else. */
export interface Told {
  readonly value: JsonObject;
  readonly failed?: boolean;
}
export const schemaOf = (properties: JsonObject, required: readonly string[] = []): Tool['inputSchema'] => ({
  type: 'object',
  properties,
  ...(required.length === 0 ? {} : { required: [...required] }),
  additionalProperties: false,
});
