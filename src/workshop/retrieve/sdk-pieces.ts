/** How each kind of component is written, by the SDK's own examples: for the kinds that a question speaks of. */
import type { ComponentKind } from '#kernel';
import type { Found } from './pack.ts';
import { plainWords } from './words.ts';

/** Words by which people ask for a kind. */
const spokenOf: { readonly [Kind in ComponentKind]: RegExp } = {
  entity: /^(?:keep|store|record|register|track|field|entity)$/,
  rule: /^(?:rule|approval|approve|approved|approves|discount|surcharge|limit)$/,
  workflow: /^(?:workflow|state|states|transition|step|steps|stage|lifecycle|lapse|expires)$/,
  operation: /^(?:button|operation|action|api|endpoint|cancel|close|book|sign)$/,
  view: /^(?:list|lists|view|report|table|overview|show|see|chart)$/,
  reaction: /^(?:whenever|automatically|notify|told|event|once|reaction)$/,
  job: /^(?:nightly|night|overnight|daily|weekly|monthly|schedule|job|morning)$/,
};
export const sdkExamples: { readonly [Kind in ComponentKind]: string } = {
  entity: `export default entity({
  name: 'parcel', plural: 'parcels', title: 'label',
  fields: {
    label: text({ required: true }),
    state: choice({ choices: ['open', 'sent'], default: 'open' }),
    cost: money({ min: '0.00' }),
    fee: money({ live: feeOf }),
  },
});`,
  rule: `export default rule({
  name: 'feeOf', on: 'parcel', governs: 'fee',
  decide: (parcel: Row<'parcel'>) => ((parcel.cost ?? money('0.00')) > money('100.00') ? money('5.00') : money('0.00')),
});`,
  workflow: `export default workflow({
  name: 'parcel', on: 'parcel', field: 'state', starts: 'open', ends: ['sent', 'lost'],
  transitions: [
    { name: 'send', from: ['open'], to: 'sent', when: (parcel) => parcel.cost !== undefined, message: 'Only what has a cost is sent.', roles: ['owner'] },
    { name: 'lose', from: ['open'], to: 'lost', after: { count: 90, unit: 'days' } },
  ],
  never: [{ reach: 'lost', after: 'sent' }],
});`,
  operation: `export default operation({
  name: 'sendParcel', on: 'parcel',
  http: { method: 'POST', path: '/api/parcels/{id}/send', status: 200 },
  output: { row: 'parcel' },
  capabilities: { parcel: ['update'], emit: ['parcelSent'] },
  transition: { field: 'state', from: ['open'], to: 'sent' },
  async run({ data, row, emit }) {
    await emit('parcelSent', { label: row.label });
    return data.parcel.update(row.id, { state: 'sent' });
  },
});`,
  view: `export default view({
  name: 'openParcels', title: 'Open parcels', from: 'parcel',
  where: (parcel) => parcel.state === 'open',
  columns: { label: { label: 'Label', value: (parcel) => parcel.label } },
});`,
  reaction: `export default reaction({
  name: 'noteSent', on: { event: 'parcelSent' },
  capabilities: {},
  async run({ event, log }) {
    log({ sent: event.type });
  },
});`,
  job: `export default job({
  name: 'sendWaiting', schedule: { cron: '0 6 * * *', catchUp: 'last' },
  capabilities: { parcel: ['read', 'update'] },
  async run({ data }) {
    const open = await data.parcel.list({ filters: [{ field: 'state', op: 'eq', value: 'open' }] });
    for (const each of open.items) await data.parcel.update(each.id, { state: 'sent' });
  },
});`,
};

/** `shown`: kinds of which the system has components of its own to look at. */
export function sdkPieces(question: string, shown: ReadonlySet<ComponentKind>): readonly Found[] {
  const words = new Set(plainWords(question));
  return (Object.keys(spokenOf) as ComponentKind[])
    .filter((kind) => !shown.has(kind) && [...words].some((word) => spokenOf[kind].test(word)))
    .map((kind) => ({ source: `sdk/${kind}`, why: `no ${kind} of this system shows how one is written`, text: sdkExamples[kind] }));
}
