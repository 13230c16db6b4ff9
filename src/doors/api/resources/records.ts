/** What was done: to a row, by whoever steers, and what it cost. Types alone. */
import type { ByModel, ChangeCost, Ownership, Total } from '#ledger';
import type { Budgets, Json } from '#kernel';

/** GET /_theseus/rows/<id>/journal: newest first. Images name fields and choices by their permanent ids; sensitive fields only for who may see them. */
export interface JournalEntryJson {
  readonly at: string;
  readonly call: string;
  readonly caller: string;
  readonly generation: string;
  readonly component: string;
  readonly change: string | null;
  readonly action: string;
  readonly before: Json;
  readonly after: Json;
}

/** GET /_theseus/audit */
export interface AuditEntryJson {
  readonly id: number;
  readonly at: string;
  readonly caller: string;
  readonly action: string;
  readonly subject: string | null;
  readonly detail: Json;
}

/** GET /_theseus/ledger?change */
export interface LedgerEntryJson {
  readonly change: string;
  readonly phase: string;
  readonly at: string;
  readonly cpuMs: number;
  readonly wallMs: number;
}

/** GET /_theseus/cost?change&since&until&limit, and figures of the owner's own; `format=csv` answers CSV. */
export interface CostReportJson {
  readonly items: readonly ChangeCost[];
  readonly next: null;
  readonly total: Total;
  readonly byModel: readonly ByModel[];
  readonly energy: { readonly method: string; readonly table: string };
  readonly budgets: Budgets | null;
  readonly ownership: Ownership;
}
