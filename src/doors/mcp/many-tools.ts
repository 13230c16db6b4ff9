/**
 * A system of hundreds of entities has thousands of operations: their schemas alone would fill what an agent can hold. Above a
 * number they are not listed one by one; two tools find them by words and use them by name.
 */
import type { JsonObject } from '#api/client';
import { schemaOf, type Tool } from './tool.ts';

export const mostListed = 150;
const mostFound = 20;

/** `run`: as of a tool that is called by its own name. */
export const manyTools = (tools: readonly Tool[], run: (name: string, given: JsonObject) => ReturnType<Tool['run']>): readonly Tool[] => [
  {
    name: 'find_tool',
    title: 'Find an operation of the system',
    description: `The system has ${tools.length} operations: lists, creates, updates and deletes of each entity, operations, views. This finds those that answer to words, with their schemas, at most ${mostFound}.`,
    inputSchema: schemaOf({ words: { type: 'string' } }, ['words']),
    reads: true,
    run: async (_client, { words }) => {
      const found = answering(tools, String(words));
      return {
        value: {
          tools: found.slice(0, mostFound).map(({ name, description, inputSchema }) => ({ name, description, inputSchema })),
          more: Math.max(0, found.length - mostFound),
        },
      };
    },
  },
  {
    name: 'use_tool',
    title: 'Use an operation of the system',
    description: 'Calls an operation that find_tool found, by its name, with arguments of its schema.',
    inputSchema: schemaOf({ name: { type: 'string' }, arguments: { type: 'object' } }, ['name']),
    reads: false,
    run: (_client, { name, arguments: given }) =>
      run(String(name), typeof given === 'object' && given !== null && !Array.isArray(given) ? (given as JsonObject) : {}),
  },
];

/** The most words first; a word in the name counts more than one in the description. */
function answering(tools: readonly Tool[], words: string): readonly Tool[] {
  const wanted = partsOf(words);
  return tools
    .map((tool) => {
      const name = new Set(partsOf(tool.name));
      const text = new Set(partsOf(tool.description));
      return { tool, score: wanted.reduce((sum, word) => sum + (name.has(word) ? 3 : text.has(word) ? 1 : 0), 0) };
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ tool }) => tool);
}
const partsOf = (text: string): readonly string[] =>
  (
    text
      .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).map((word) => (word.length > 3 ? word.replace(/ies$/, 'y').replace(/s$/, '') : word));
