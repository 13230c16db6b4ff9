/** Which generations served at some time since an instant, by the kernel's log: a rollback may have come from each, and go to each. Pure. */
import type { Digest, Instant, KernelEvent } from '#kernel';

/** Each activation serves until the next one. */
export function servedSince(events: readonly KernelEvent[], since: Instant): readonly Digest[] {
  const served = events.flatMap((event) =>
    event.kind === 'installed' || event.kind === 'activated' || event.kind === 'rolled-back' ? [event] : [],
  );
  return [
    ...new Set(
      served.flatMap(({ generation }, index) => {
        const next = served[index + 1];
        return next === undefined || next.at > since ? [generation] : [];
      }),
    ),
  ];
}
