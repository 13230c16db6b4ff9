/**
 * Reads that callers made in service, added up over all kernels: by generation, shape and day, with how long they took in steps. A shape is
 * field ids and operators, never a value. `times_kept` is by minute what of an entity came after the time that it is to answer within.
 */
export const readsSeen: readonly string[] = [
  'create table theseus.reads_seen (day date not null, generation text not null, shape text not null, seen bigint not null, total_ms double precision not null, steps bigint[] not null, primary key (day, generation, shape))',
  'create table theseus.times_kept (entity text not null, within_ms integer not null, minute bigint not null, seen bigint not null, late bigint not null, primary key (entity, within_ms, minute))',
  'grant select, insert, update, delete on theseus.reads_seen, theseus.times_kept to theseus_kernel',
  'grant select on theseus.reads_seen to theseus_workshop',
];
