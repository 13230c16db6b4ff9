/** Answers that are kept for keys of calls are forgotten after a time, by the kernel: it sees when and under which key, never what was answered. */
export const keysForgotten: readonly string[] = [
  'create index idempotency_at on theseus.idempotency (at)',
  'grant select (caller, operation, key, at), delete on theseus.idempotency to theseus_kernel',
];
