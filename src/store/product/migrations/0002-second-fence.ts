/** What was recorded is added to and never altered, by no process: the kernel keeps the rights that its records need, and no more. */
export const secondFence: readonly string[] = [
  `revoke update, delete on theseus.sources, theseus.components, theseus.generations, theseus.events, theseus.changes, theseus.change_events,
     theseus.audit, theseus.public_keys from theseus_kernel`,
  // What was made ready hears, when it is admitted, whence it came; its content stays as it is.
  'grant update (parent, change, created_at) on theseus.generations to theseus_kernel',
  'revoke delete on theseus.routing, theseus.live, theseus.callers, theseus.links, theseus.sessions, theseus.keys from theseus_kernel',
];
