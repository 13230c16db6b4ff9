/**
 * The host of a call ended before the call did. Nothing of the call goes on. Dying alone proves guilt only where the death is
 * explained: a host that somebody outside killed says nothing about what ran in it.
 */
import { Fault } from '#kernel';

export class HostDied extends Fault {
  readonly explained: boolean;
  /** The component that ran. */
  readonly key: string;
  constructor(key: string, why: string, explained: boolean) {
    super('host-died', `The host of ${key} ended: ${why}.`);
    this.key = key;
    this.explained = explained;
  }
}
