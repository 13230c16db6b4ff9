/** What applying a request yields, and what it may know. */
import type { SystemModel } from '#model';
import type { Bodies } from './uses.ts';

/** `same`: the system is so already. */
export type Applied = { readonly model: SystemModel; readonly same: boolean } | { readonly why: string };
export interface Effects {
  /** The id of the change: new ids follow from it. */
  readonly change: string;
  /** Texts of the operations, to see what they use. */
  readonly bodies: Bodies;
}
