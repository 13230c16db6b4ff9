/** What runs unasked: turns, deliveries, retries. */
export { openUnasked, type Unasked, type UnaskedParts } from './open-unasked.ts';
