/** Settings by asking: what is read, what is said of it, what it becomes in theseus.json, and what is refused or asked. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSettings } from '#model';
import { readSystem } from '#model/read';
import type { Understood } from '#ports';
import type { Json } from '#kernel';
import { editJson } from './edit-json.ts';
import { settingsGenerator } from './generator.ts';
import { pointsOf, readWish } from './read-wish.ts';

const head =
  '/**\n * Hands a prize to somebody who waits for it.\n *\n * why: it\n * change: start\n * generator: person\n * date: 2026-11-23\n */\n';
const settings = `{
  "name": "club",
  "currency": "EUR",
  "roles": {
    "owner": { "read": true, "write": true, "sensitive": true },
    "clerk": { "read": true, "write": true, "sensitive": false },
    "guest": { "read": true, "write": false, "sensitive": false }
  },
  "policy": {
    "ask": ["owner", "clerk"],
    "approve": ["owner"],
    "autonomy": { "low": "act", "medium": "act", "high": "propose" },
    "isolation": "preferred"
  }
}
`;
const files: { readonly [path: string]: string } = {
  'theseus.json': settings,
  'entities/member.ts': `${head}import { entity, text } from 'theseus/sdk';\n\nexport default entity({\n  id: 'e_memb',\n  name: 'member',\n  plural: 'members',\n  title: 'name',\n  fields: { name: text({ id: 'f_mname', no: 1, required: true }) },\n});\n`,
  'operations/award-prize.ts': `${head}import { operation, text } from 'theseus/sdk';

export default operation({
  id: 'o_award',
  name: 'awardPrize',
  output: { fields: { way: text({ id: 'f_away', no: 1, required: true }) } },
  strategies: { draw: { oldest: 'The member who waits longest gets the prize.', lottery: 'The prize is drawn by lot.' } },
  async run({ strategy }) {
    return { way: strategy.draw };
  },
});
`,
};
const reading = readSystem(files);
assert.ok(reading.ok, JSON.stringify(reading));
const context = { reading: reading as unknown as Json, sources: files, count: async () => 0, change: 'c1', today: '2026-11-23' };
const understand = (request: string): Promise<Understood> => settingsGenerator.understand(request, context);
async function written(request: string): Promise<string> {
  const understood = await understand(request);
  assert.equal(understood.kind, 'understood', `${request}: ${JSON.stringify(understood)}`);
  const plan = JSON.parse(JSON.stringify(understood.kind === 'understood' ? understood.plan : null)) as Json;
  const made = await settingsGenerator.generate(plan, context);
  return 'files' in made ? (made.files['theseus.json'] ?? '') : '';
}

const specimens: readonly (readonly [string, (now: ReturnType<typeof readSettings>) => unknown, unknown])[] = [
  ['Limit each caller to 20 requests a second', ({ policy }) => policy.limits.calls, 20],
  ['Three people must approve high-risk changes', ({ policy }) => policy.approvals, { low: 0, medium: 1, high: 3 }],
  ['Changes of medium risk need three approvals.', ({ policy }) => [policy.autonomy.medium, policy.approvals.medium], ['propose', 3]],
  ['Clerks may see sensitive values', ({ roles }) => roles.find(({ name }) => name === 'clerk')?.sensitive, true],
  ['Guests may write.', ({ roles }) => roles.find(({ name }) => name === 'guest')?.write, true],
  ['Clerks may not write.', ({ roles }) => roles.find(({ name }) => name === 'clerk')?.write, false],
  ['Only the owner can ask for changes.', ({ policy }) => policy.ask, ['owner']],
  ['Clerks can approve changes.', ({ policy }) => policy.approve, ['owner', 'clerk']],
  ['Clerks may roll back changes.', ({ policy }) => policy.rollback, ['owner', 'clerk']],
  ['Changes of low risk need an approval.', ({ policy }) => [policy.autonomy.low, policy.approvals.low], ['propose', 1]],
  ['Switch off changes of high risk.', ({ policy }) => policy.autonomy.high, 'off'],
  ['Changes of high risk must pass the gate proof.', ({ policy }) => policy.gates.high.at(-1), 'proof'],
  ['Changes of high risk must pass the gate workflow.', ({ policy }) => policy.gates.high.at(-1), 'workflow'],
  ['Quarantine a component after 5 strikes.', ({ policy }) => policy.strikes, 5],
  ['Isolation of hosts is required.', ({ policy }) => policy.isolation, 'required'],
  ['The host erp.internal:8080 may be private.', ({ policy }) => policy.outside, { private: ['erp.internal:8080'] }],
  ['A day may cost at most 5 dollars for models.', ({ policy }) => policy.budgets.day.usd, 5],
  ['At most 3 failed sign-ins a minute.', ({ policy }) => policy.limits.signIns, 3],
  ['Add a role auditor that may read.', ({ roles }) => roles.at(-1), { name: 'auditor', read: true, write: false, sensitive: false }],
  [
    'Add a role member that may neither read nor write.',
    ({ roles }) => roles.at(-1),
    { name: 'member', read: false, write: false, sensitive: false },
  ],
  ['Add a role member without any rights.', ({ roles }) => roles.at(-1), { name: 'member', read: false, write: false, sensitive: false }],
  [
    'Add a role member that may not read anything.',
    ({ roles }) => roles.at(-1),
    { name: 'member', read: false, write: false, sensitive: false },
  ],
  [
    'Add a role courier that may read and write, but not see sensitive values.',
    ({ roles }) => roles.at(-1),
    { name: 'courier', read: true, write: true, sensitive: false },
  ],
  ['Use the strategy lottery for the draw of award prize.', ({ strategies }) => strategies, { 'operation/awardPrize#draw': 'lottery' }],
];
for (const [request, of, wanted] of specimens)
  test(`"${request}" becomes what it says, and what it says back is read to the same`, async () => {
    const text = await written(request);
    assert.deepEqual(of(readSettings(text)), wanted);
    const wish = readWish(request, reading.model, pointsOf(reading));
    const again = readWish(wish.kind === 'wish' ? wish.sentence : '', reading.model, pointsOf(reading));
    assert.deepEqual(again.kind === 'wish' ? [again.edits, again.sure] : again, wish.kind === 'wish' ? [wish.edits, true] : '');
  });

test('the answer names the old value and the new one, and policy is of high risk, a strategy of medium risk with its component', async () => {
  const policy = await understand('Limit each caller to 20 requests a second');
  assert.ok(policy.kind === 'understood');
  assert.deepEqual([policy.risk, policy.scope], ['high', { components: [], members: ['settings'], tests: [], data: [] }]);
  assert.match(policy.echo.join(' '), /policy\.limits\.calls: 20, until now none/);
  const strategy = await understand('Use the lottery for the prize');
  assert.ok(strategy.kind === 'understood' || strategy.kind === 'question', JSON.stringify(strategy));
  const named = await understand('Use the strategy lottery for the draw of award prize');
  assert.ok(named.kind === 'understood');
  assert.deepEqual(
    [named.risk, named.scope],
    ['medium', { components: ['operation/awardPrize'], members: ['settings'], tests: [], data: [] }],
  );
});

test('what is so already is not done again', async () => {
  for (const request of ['Clerks may write.', 'Only owners can approve changes.', 'Use the strategy oldest for the draw of award prize'])
    assert.equal((await understand(request)).kind, 'nothing-to-do', request);
});

test('a value that cannot be is refused with what could be', async () => {
  const reasons: readonly (readonly [string, RegExp])[] = [
    ['Limit each caller to 0 requests a second', /from 1 to 1000000/],
    ['11 people must approve high-risk changes', /from 0 to 9/],
    ['Quarantine a component after 1000 strikes.', /whole number from 1/],
    ['Change the currency to dollars', /never changes/],
    ['Our time zone is London', /never changes/],
    ['Remove the role owner', /cannot go/],
    ['100 requests a minute per caller', /counted by the second/],
    ['Changes of high risk no longer need to be tested', /never left out/],
  ];
  for (const [request, why] of reasons) {
    const understood = await understand(request);
    assert.equal(understood.kind, 'refused', request);
    assert.match(understood.kind === 'refused' ? understood.why : '', why, request);
  }
});

test('what is not said wholly is asked, as a sentence that is understood', async () => {
  for (const request of [
    "Somebody's script is hammering us. Nobody should get more than 10 calls per second.",
    'Every one of my clerks has ordered odd new features. Take that away from them.',
    'Please have the prize drawn by lot, everybody says it would be more fun',
  ]) {
    const understood = await understand(request);
    assert.equal(understood.kind, 'question', request);
    const [option] = understood.kind === 'question' ? understood.options : [];
    const sentence = option?.sentence ?? '';
    assert.equal((await understand(sentence)).kind, 'understood', sentence);
  }
});

test('what is about rows, rules and operations is no setting', async () => {
  for (const request of [
    'Members over 70 need approval by two clerks',
    'Clerks may see members',
    'Add an email to members',
    'Show the oldest members first',
    'Only a clerk can award a prize',
    'Which members joined in 2026?',
  ])
    assert.equal((await understand(request)).kind, 'refused', request);
});

test('a member is written into the text and nothing else of it moves', () => {
  const text = '{\n  "a": { "b": [1, 2], "c": "}\\"" },\n  "d": {}\n}\n';
  assert.equal(editJson(text, ['a', 'b'], [3]), text.replace('[1, 2]', '[3]'));
  assert.equal(editJson(text, ['a', 'e'], true), text.replace('"}\\""', '"}\\"", "e": true'));
  assert.equal(editJson(text, ['d', 'x', 'y'], null), text.replace('{}', '{ "x": { "y": null } }'));
  assert.equal(editJson(text, ['f'], 'new'), text.replace('"d": {}', '"d": {},\n  "f": "new"'));
  assert.equal(editJson(text, ['a', 'c'], undefined), text.replace(', "c": "}\\""', ''));
  assert.equal(editJson(text, ['a'], undefined), '{\n  "d": {}\n}\n');
  assert.equal(editJson(text, ['z', 'y'], undefined), text);
});
