/** Whether an operation only reads: it does where it holds nothing else, whatever its method says. Who may call it without being named hangs on that. Pure. */
import type { OperationContract } from '#kernel';

/** Operations that it calls are held against the caller's rights themselves. */
export const readsOnly = ({ http, capabilities }: OperationContract): boolean =>
  http.method === 'GET' &&
  capabilities.every((held) =>
    held.kind === 'data' ? held.access.every((access) => access === 'read') : held.kind === 'call' || (held.kind === 'fetch' && held.read),
  );
