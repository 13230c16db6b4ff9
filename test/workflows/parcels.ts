/** A small system with a workflow, for tests: parcels that are packed, sent, held and lost. */
import type { SourceFiles } from '#model';

const head = '/**\n * It.\n *\n * why: it\n * change: start\n * generator: person\n * date: 2026-11-23\n */\n';
/** Lost after two days on hold, unless somebody wants it back. */
export const lose =
  "{ id: 't_lose', name: 'lose', from: ['held'], to: 'lost', after: { count: 2, unit: 'days' }, when: (parcel) => !parcel.wanted },";

export const workflowText = (after: string = lose): string => `${head}import { workflow } from 'theseus/sdk';

export default workflow({
  id: 'w_parc',
  name: 'parcel',
  on: 'parcel',
  field: 'state',
  starts: 'packed',
  ends: ['sent', 'lost'],
  transitions: [
    { id: 't_send', name: 'send', from: ['packed'], to: 'sent', when: (parcel) => parcel.grams > 0, message: 'An empty parcel is not sent.', roles: ['manager', 'viewer'] },
    { id: 't_hold', name: 'putOnHold', from: ['packed'], to: 'held' },
    { id: 't_free', name: 'release', from: ['held'], to: 'packed' },
    { id: 't_lost', name: 'giveUp', from: ['packed'], to: 'lost' },
    ${after}
  ],
});
`;

export const parcels = ({ after = lose }: { readonly after?: string } = {}): SourceFiles => ({
  'theseus.json': JSON.stringify({
    name: 'post',
    currency: 'EUR',
    roles: {
      owner: { read: true, write: true, sensitive: true },
      manager: { read: true, write: true, sensitive: true },
      clerk: { read: true, write: true },
      viewer: { read: true },
    },
  }),
  'entities/parcel.ts': `${head}import { boolean, choice, entity, integer, text } from 'theseus/sdk';

export default entity({
  id: 'e_parc',
  name: 'parcel',
  plural: 'parcels',
  title: 'label',
  fields: {
    label: text({ id: 'f_labl', no: 1, required: true }),
    grams: integer({ id: 'f_gram', no: 2, required: true, default: 0 }),
    wanted: boolean({ id: 'f_want', no: 3, required: true, default: false }),
    state: choice({ id: 'f_stat', no: 4, choices: { packed: 'c_pack', sent: 'c_sent', held: 'c_held', lost: 'c_lost' } }),
  },
  invariants: {
    shelf: { holds: (parcel) => parcel.state !== 'held' || parcel.grams <= 10_000, message: 'The shelf bears no parcel over 10 kg.' },
  },
});
`,
  'operations/give-up-parcel.ts': `${head}import { operation } from 'theseus/sdk';

export default operation({
  id: 'o_give',
  name: 'giveUpParcel',
  on: 'parcel',
  http: { method: 'POST', path: '/api/parcels/{id}/abandon' },
  transition: { field: 'state', from: ['packed'], to: 'lost' },
  output: { row: 'parcel' },
  capabilities: { parcel: ['update'] },
  async run({ data, row }) {
    return data.parcel.update(row.id, { state: 'lost' });
  },
});
`,
  'workflows/parcel.ts': workflowText(after),
});
