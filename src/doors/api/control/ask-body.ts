/**
 * The body of a request for a change: text alone, or with code that was handed in, examples that bind, the change that it goes on
 * from. Everything is hostile: shapes are named member by member, sizes and depth capped, before anything of it is kept.
 */
import { type AcceptanceExample, type Attachment, type ChangeRequest, type Proposal } from '#change';
import { changeId, type Digest, isDigest, isRefusal, type Json, type JsonObject, refuse, type Refusal, type Scope } from '#kernel';
import { filesFault } from '#model';
import { attachmentCaps, attachmentsFault } from '../attachments.ts';

export type Asking = Pick<ChangeRequest, 'text' | 'kind' | 'base' | 'proposal' | 'continues' | 'acceptance' | 'attachments' | 'regions'>;

export const askMembers: readonly string[] = ['request', 'base', 'proposal', 'kind', 'continues', 'acceptance', 'attachments', 'regions'];
const mostCharacters = 4_000;
const most = {
  notes: 20,
  noteCharacters: 1_000,
  scope: 1_000,
  examples: 50,
  exampleCharacters: 20_000,
  depth: 12,
  regions: 50,
  regionCharacters: 2_000,
} as const;

export function askingOf(body: JsonObject): Asking | Refusal {
  const text = textOf(body['request'], body['proposal'] !== undefined);
  if (isRefusal(text)) return text;
  const { base, kind, continues } = body;
  if (base !== undefined && (typeof base !== 'string' || !isDigest(base)))
    return wrong('base', 'must be the id of a generation (sha256:...)');
  if (kind !== undefined && kind !== 'change' && kind !== 'check') return wrong('kind', "must be 'change' or 'check'");
  if (continues !== undefined && (typeof continues !== 'string' || !/^[\w.-]{1,100}$/.test(continues)))
    return wrong('continues', 'must be the id of a change');
  const proposal = body['proposal'] === undefined ? undefined : proposalOf(body['proposal']);
  if (isRefusal(proposal)) return proposal;
  const acceptance = body['acceptance'] === undefined ? undefined : acceptanceOf(body['acceptance']);
  if (isRefusal(acceptance)) return acceptance;
  const attachments = body['attachments'] === undefined ? undefined : attachmentsOf(body['attachments']);
  if (isRefusal(attachments)) return attachments;
  const regions = body['regions'] === undefined ? undefined : regionsOf(body['regions']);
  if (isRefusal(regions)) return regions;
  return {
    text,
    ...(base === undefined ? {} : { base: base as Digest }),
    ...(kind === 'check' ? { kind } : {}),
    ...(continues === undefined ? {} : { continues: changeId(continues) }),
    ...(proposal === undefined ? {} : { proposal }),
    ...(acceptance === undefined ? {} : { acceptance }),
    ...(attachments === undefined ? {} : { attachments }),
    ...(regions === undefined ? {} : { regions }),
  };
}

function textOf(text: Json | undefined, withCode: boolean): string | Refusal {
  if (typeof text !== 'string' || text.trim() === '')
    return refuse(
      'invalid',
      withCode ? 'Say in "request" what the code changes and why, in a sentence.' : 'Say in "request" what should change, in a sentence.',
      { fields: { request: 'is required' } },
    );
  if (text.length > mostCharacters)
    return refuse(
      'too-large',
      `A request has at most ${mostCharacters} characters; this one has ${text.length}. Ask for one thing at a time, and attach what it goes by (attachments: [{ name, text }]; theseus change --attach FILE).`,
    );
  return tellable(text) ? text : wrong('request', 'must be well-formed text without the character NUL');
}

function proposalOf(value: Json): Proposal | Refusal {
  if (!isObject(value)) return wrong('proposal', 'must be { from, files, scope?, notes? }');
  const odd = Object.keys(value).find((name) => !['from', 'files', 'scope', 'notes'].includes(name));
  if (odd !== undefined) return wrong('proposal', `does not know ${odd.slice(0, 60)}; it knows from, files, scope and notes`);
  const { from, files, scope, notes = [] } = value;
  if (from !== 'agent' && from !== 'person') return wrong('proposal', "needs from: 'agent' or 'person'");
  if (!isObject(files) || !Object.values(files).every((text) => text === null || typeof text === 'string'))
    return wrong('proposal', 'needs files: { path: text }, with null for a file that goes');
  const fault = filesFault(files as Proposal['files']);
  if (fault !== undefined) return refuse('invalid', fault, { fields: { proposal: fault } });
  if (!isTexts(notes, most.notes, most.noteCharacters)) return wrong('proposal', `takes at most ${most.notes} notes, each a text`);
  const stated = scope === undefined ? undefined : scopeOf(scope);
  if (isRefusal(stated)) return stated;
  return { from, files: files as Proposal['files'], notes, ...(stated === undefined ? {} : { scope: stated }) };
}

function scopeOf(value: Json): Partial<Scope> | Refusal {
  const wanted = (why: string): Refusal => wrong('proposal', `its scope ${why}; such as { reaches: ['reaction/closePaid'] }`);
  if (!isObject(value)) return wanted('must be an object');
  const odd = Object.keys(value).find((name) => name !== 'region' && !Object.hasOwn(longest, name));
  if (odd !== undefined) return wanted(`does not know ${odd.slice(0, 60)}; it knows ${Object.keys(longest).join(', ')} and region`);
  const { region } = value;
  if (region !== undefined && (typeof region !== 'string' || region.length > 1_000 || !tellable(region)))
    return wanted('says its region in at most 1000 characters');
  for (const [name, characters] of Object.entries(longest)) {
    const texts = value[name];
    if (texts !== undefined && !isTexts(texts, most.scope, characters))
      return wanted(`takes ${name} as a list of at most ${most.scope} texts of ${characters} characters`);
  }
  const { components = [], reaches = [] } = value as Partial<Scope>;
  const none = [...components, ...reaches].find(
    (component) => !/^(?:entity|rule|workflow|operation|view|reaction|job)\/[a-zA-Z0-9]+$/.test(component),
  );
  return none === undefined ? (value as Partial<Scope>) : wanted(`names ${none.slice(0, 60)}, which is no component: kind/name`);
}
/** By member of a scope: how long each of its texts may be. */
const longest: { readonly [member: string]: number } = { components: 120, members: 200, reaches: 120, tests: 400, data: 200 };

/** They are read where code is read; here they are texts under names of formulas. */
function regionsOf(value: Json): NonNullable<ChangeRequest['regions']> | Refusal {
  const fault = wrong('regions', `takes at most ${most.regions} of { 'rule/discount': "order.total > money('500.00')" }`);
  if (!isObject(value)) return fault;
  const entries = Object.entries(value);
  if (entries.length > most.regions) return fault;
  for (const [formula, region] of entries) {
    if (!/^(?:rule\/[a-zA-Z0-9]{1,60}|entity\/[a-zA-Z0-9]{1,60}#field\/[a-zA-Z0-9]{1,60})$/.test(formula)) return fault;
    if (typeof region !== 'string' || region.trim() === '' || region.length > most.regionCharacters || !tellable(region)) return fault;
  }
  return value as { readonly [formula: string]: string };
}

function acceptanceOf(value: Json): readonly AcceptanceExample[] | Refusal {
  const fault = wrong(
    'acceptance',
    `takes at most ${most.examples} of { component: 'entity/order', example: { name, steps }, hidden: false }`,
  );
  if (!Array.isArray(value) || value.length > most.examples) return fault;
  const made: AcceptanceExample[] = [];
  for (const item of value as readonly Json[]) {
    if (!isObject(item)) return fault;
    const { component, example, hidden = false, ...more } = item;
    if (Object.keys(more).length > 0 || typeof hidden !== 'boolean' || typeof component !== 'string') return fault;
    if (!/^(?:entity|rule|workflow|operation|view|reaction|job)\/[a-zA-Z0-9]{1,60}$/.test(component) || !isExample(example)) return fault;
    made.push({ component, example, hidden });
  }
  return made;
}

function attachmentsOf(value: Json): readonly Attachment[] | Refusal {
  const fault = wrong('attachments', `takes at most ${attachmentCaps.files} of { name: 'openapi.yaml', text: '...' }`);
  if (!Array.isArray(value) || value.length === 0 || value.length > attachmentCaps.files) return fault;
  const made: Attachment[] = [];
  for (const item of value as readonly Json[]) {
    if (!isObject(item)) return fault;
    const { name, text, ...more } = item;
    if (Object.keys(more).length > 0 || typeof name !== 'string' || typeof text !== 'string') return fault;
    made.push({ name, text });
  }
  return attachmentsFault(made) ?? made;
}
const isExample = (value: Json | undefined): value is JsonObject =>
  isObject(value) &&
  typeof value['name'] === 'string' &&
  value['name'].trim() !== '' &&
  value['name'].length <= 300 &&
  Array.isArray(value['steps']) &&
  (value['steps'] as readonly Json[]).every(isObject) &&
  shallow(value, most.depth) &&
  JSON.stringify(value).length <= most.exampleCharacters;

/** Not deeper than it may be, and every text in it one that can be kept. Bounded by the depth itself. */
function shallow(value: Json, depth: number): boolean {
  if (typeof value === 'string') return tellable(value);
  if (typeof value !== 'object' || value === null) return true;
  return (
    depth > 0 && Object.entries(value).every(([name, inner]) => name !== '__proto__' && tellable(name) && shallow(inner as Json, depth - 1))
  );
}

const isTexts = (value: Json | undefined, items: number, characters: number): value is readonly string[] =>
  Array.isArray(value) &&
  value.length <= items &&
  (value as readonly Json[]).every((item) => typeof item === 'string' && item.length <= characters && tellable(item));
const isObject = (value: Json | undefined): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);
const tellable = (text: string): boolean => text.isWellFormed() && !text.includes('\u0000');
const wrong = (member: string, why: string): Refusal => refuse('invalid', `${member} ${why}.`, { fields: { [member]: why } });
