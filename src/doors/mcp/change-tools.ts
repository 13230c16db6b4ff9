/** The tools with which an agent changes the system: all of them through the control API, with the caller's own rights. */
import type { AskJson, Client, JsonObject, ProposalJson } from '#api/client';
import { schemaOf, type Told, type Tool } from './tool.ts';
import { toldChange } from './told-change.ts';

const mostRead = 50;
const waitSeconds = 30;

const regions: JsonObject = {
  type: 'object',
  description:
    'For each formula that was there and is altered, the rows for which it may give something else, as a condition over its row: { "rule/discount": "order.total > money(\'500.00\')" }; false where it is only written otherwise. For all other rows it is proved to give what it gave. Left out, nothing is held to what it was, and a person is asked.',
  additionalProperties: { type: 'string' },
};
const scope: JsonObject = {
  type: 'object',
  description: 'What it may alter. Each member that is left out follows from its files: mostly none is needed.',
  properties: {
    components: { type: 'array', items: { type: 'string' }, description: 'entity/order' },
    members: { type: 'array', items: { type: 'string' }, description: 'entity/order#field/total' },
    reaches: {
      type: 'array',
      items: { type: 'string' },
      description:
        'Components that stay as they are and that it sets off without naming them: reaction/closePaid, where an update of it runs that',
    },
    tests: {
      type: 'array',
      items: { type: 'string' },
      description:
        'Earlier examples that may be altered or taken out: entity/order#its name, or all beside entity/order; left out, those beside components',
    },
    data: {
      type: 'array',
      items: { type: 'string' },
      description:
        'What bodies may read and write that they did not before: order update, or order for all of it; left out, what they declare',
    },
  },
  additionalProperties: false,
};
const acceptance: JsonObject = {
  type: 'array',
  description: 'Examples that must hold, whatever the code says of them.',
  items: {
    type: 'object',
    properties: { component: { type: 'string' }, example: { type: 'object' }, hidden: { type: 'boolean' } },
    required: ['component', 'example'],
    additionalProperties: false,
  },
};
const attachments: JsonObject = {
  type: 'array',
  description: 'Documents that the request goes by, whole: an interface that others have published (OpenAPI), a specification.',
  items: {
    type: 'object',
    properties: { name: { type: 'string', description: 'openapi.yaml' }, text: { type: 'string' } },
    required: ['name', 'text'],
    additionalProperties: false,
  },
};
const handing = schemaOf(
  {
    request: { type: 'string', description: 'What it changes and why, in a sentence or a few: it becomes the message of the change.' },
    files: {
      type: 'object',
      description: 'The whole new text of each file that changes, by its path in the system; null for one that goes.',
      additionalProperties: { type: ['string', 'null'] },
    },
    base: { type: 'string', description: 'The generation that it was made on (sha256:...), as describe and read say it.' },
    scope,
    regions,
    notes: { type: 'array', items: { type: 'string' } },
    acceptance,
  },
  ['request', 'files'],
);

export const changeTools: readonly Tool[] = [
  {
    name: 'describe',
    title: 'Describe the system',
    description:
      'What this system is, its components, the kinds of components and what each may say, the layout, and what policy asks. Begin here.',
    inputSchema: schemaOf({}),
    reads: true,
    run: async (client) => ({ value: plain(await client.describe()) }),
  },
  {
    name: 'context',
    title: 'Context of a component or a question',
    description:
      'One of three: `component`: its source and tests, and its neighbours in short. `kind`: how that kind is written, whole, with its formulas or body and its tests: ask for it before you write one for the first time. `question`: the components that answer to it.',
    inputSchema: schemaOf({
      component: { type: 'string', description: 'entity/order' },
      kind: { type: 'string', description: 'entity, rule, workflow, operation, view, reaction or job' },
      question: { type: 'string', description: 'how is the stock of a product known' },
    }),
    reads: true,
    run: async (client, given) => {
      const asked = Object.fromEntries(
        ['component', 'kind', 'question'].flatMap((name) => (typeof given[name] === 'string' ? [[name, given[name]]] : [])),
      );
      return { value: plain(await client.context(asked as Parameters<Client['context']>[0])) };
    },
  },
  {
    name: 'read',
    title: 'Read source files',
    description: `The text of source files of the generation that serves, by their paths: at most ${mostRead}. Without paths, the list of all files.`,
    inputSchema: schemaOf({ paths: { type: 'array', items: { type: 'string' }, maxItems: mostRead } }),
    reads: true,
    run: async (client, { paths }) => {
      const { generation, files } = await client.sources();
      if (!Array.isArray(paths)) return { value: { generation, paths: Object.keys(files) } };
      const wanted = paths.filter((path): path is string => typeof path === 'string').slice(0, mostRead);
      return { value: { generation, files: Object.fromEntries(wanted.map((path) => [path, files[path] ?? null])) } };
    },
  },
  {
    name: 'check',
    title: 'Check code, changing nothing',
    description:
      'Hands code in for its evidence alone: it is completed with permanent ids and passes every gate; nothing is certified or changed. As often as you like.',
    inputSchema: handing,
    reads: true,
    run: (client, given) => handIn(client, given, 'check'),
  },
  {
    name: 'propose',
    title: 'Propose code',
    description:
      'Hands code in as a change. It passes the same gates as everything, and goes live by itself or after the approvals that policy asks. Leave out permanent ids and numbers (id, no) of what is new; never alter those that are there.',
    inputSchema: handing,
    reads: false,
    run: (client, given) => handIn(client, given, 'change'),
  },
  {
    name: 'ask',
    title: 'Ask for a change in words',
    description:
      'Asks for a change in a sentence. Where there is more than one reading the answer is a question with options: ask again with one of them and continues.',
    inputSchema: schemaOf(
      { request: { type: 'string' }, continues: { type: 'string' }, check: { type: 'boolean' }, acceptance, attachments, regions },
      ['request'],
    ),
    reads: false,
    run: async (client, { request, continues, check, acceptance: examples, attachments: attached, regions: stated }) =>
      toldChange(
        await client.ask(
          {
            request: typeof request === 'string' ? request : '',
            ...(typeof continues === 'string' ? { continues } : {}),
            ...(check === true ? { kind: 'check' } : {}),
            ...(examples === undefined ? {} : { acceptance: examples as unknown as NonNullable<AskJson['acceptance']> }),
            ...(stated === undefined ? {} : { regions: stated as unknown as NonNullable<AskJson['regions']> }),
            ...(attached === undefined ? {} : { attachments: attached as unknown as NonNullable<AskJson['attachments']> }),
          },
          { wait: waitSeconds },
        ),
      ),
  },
  {
    name: 'status',
    title: 'Status of a change',
    description: 'What became of a change, by its id; without one, the latest changes.',
    inputSchema: schemaOf({ id: { type: 'string' } }),
    reads: true,
    run: async (client, { id }) => {
      if (typeof id === 'string') return { value: toldChange(await client.change(id)).value };
      const { items } = await client.changes({ limit: 20, checks: 'yes' });
      return {
        value: { changes: items.map(({ id: change, kind, request, state, outcome }) => ({ id: change, kind, request, state, outcome })) },
      };
    },
  },
  {
    name: 'cancel',
    title: 'Cancel a change',
    description: 'Stops a change that is under way and not certified.',
    inputSchema: schemaOf({ id: { type: 'string' }, why: { type: 'string' } }, ['id']),
    reads: false,
    run: async (client, { id, why }) => {
      const { value } = toldChange(await client.cancelChange(String(id), typeof why === 'string' ? why : undefined));
      return { value };
    },
  },
];

async function handIn(client: Parameters<Tool['run']>[0], given: JsonObject, kind: 'change' | 'check'): Promise<Told> {
  const { request, files, base, scope: stated, regions: held, notes, acceptance: examples } = given;
  const proposal = {
    from: 'agent',
    files,
    ...(stated === undefined ? {} : { scope: stated }),
    ...(notes === undefined ? {} : { notes }),
  } as unknown as ProposalJson;
  // Whatever it is, the control API looks at it; nothing is taken for granted here.
  return toldChange(
    await client.ask(
      {
        request: request as string,
        kind,
        proposal,
        ...(base === undefined ? {} : { base: base as string }),
        ...(examples === undefined ? {} : { acceptance: examples as unknown as NonNullable<AskJson['acceptance']> }),
        ...(held === undefined ? {} : { regions: held as unknown as NonNullable<AskJson['regions']> }),
      },
      { wait: waitSeconds },
    ),
  );
}
const plain = (value: object): JsonObject => value as unknown as JsonObject;
