/** A small system for the tests of the machine's calls: tickets, and an operation that closes one. */
import { type Contract, digest, type EntityContract, type OperationContract, permanentId } from '#kernel';
import { linkModel } from '#model';
import { prepareModel } from '#store';
import type { Loaded } from './loaded.ts';

export const ticket: EntityContract = {
  kind: 'entity',
  id: permanentId('e_tick'),
  name: 'ticket',
  plural: 'tickets',
  title: 'what',
  fields: [{ id: permanentId('f_what'), no: 1, name: 'what', type: { kind: 'text' }, required: true, unique: false, sensitive: false }],
  retired: [],
  invariants: [],
};
export const close: OperationContract = {
  kind: 'operation',
  id: permanentId('o_clos'),
  name: 'closeTicket',
  on: ticket.id,
  http: { method: 'POST', path: '/api/tickets/{id}/close', status: 200 },
  input: [],
  output: null,
  capabilities: [],
  roles: [],
  caps: { wallMs: 1_000, capabilityCalls: 1, rows: 1, bytes: 100 },
};
const contracts: readonly Contract[] = [ticket, close];
const model = linkModel(
  {
    name: 'desk',
    currency: { code: 'EUR', digits: 2 },
    strategies: {},
    timeZone: 'UTC',
    locale: 'en',
    collation: 'und-x-icu',
    roles: [
      { name: 'owner', read: true, write: true, sensitive: true },
      { name: 'clerk', read: true, write: true, sensitive: false },
    ],
    policy: {
      ask: ['owner'],
      approve: ['owner'],
      rollback: ['owner'],
      freeze: ['owner'],
      autonomy: { low: 'act', medium: 'act', high: 'act' },
      approvals: { low: 0, medium: 0, high: 0 },
      gates: { low: [], medium: [], high: [] },
      isolation: 'preferred',
      limits: { calls: null, control: 50, signIns: 20 },
      budgets: { change: {}, day: {}, month: {} },
      strikes: 3,
      onQuarantine: 'roll-back',
    },
  },
  contracts,
);
const prepared = prepareModel(model);
export const loaded: Loaded = {
  ...prepared,
  model,
  prepared,
  activation: 1,
  code: new Map([[close.id, digest(`sha256:${'a'.repeat(64)}`)]]),
  changes: new Map(),
  files: new Map([['operation/closeTicket', 'operations/close-ticket.ts']]),
};
