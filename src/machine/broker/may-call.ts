/** Whether a caller may call an operation, from its roles. What runs unasked has no roles: its contract alone says what it may call. */
import { anyone, type Caller, type OperationContract, refuse, type Refusal, systemCaller } from '#kernel';
import { readsOnly, type SystemModel } from '#model';
import { mayRead, mayWrite } from '#store';

export function mayCall(operation: OperationContract, caller: Caller, { model }: { readonly model: SystemModel }): Refusal | null {
  if (caller.id === systemCaller) return null;
  if (operation.roles.length > 0) {
    if (operation.roles.some((role) => role === anyone || caller.roles.includes(role))) return null;
    return caller.id === anyone
      ? refuse('unauthenticated', `Sign in to call ${operation.name}.`)
      : refuse('forbidden', `Only ${operation.roles.join(' or ')} may call ${operation.name}.`);
  }
  const allowed = readsOnly(operation) ? mayRead(model.settings, caller) : mayWrite(model.settings, caller);
  return allowed ? null : refuse('forbidden', `None of your roles may call ${operation.name}.`);
}
