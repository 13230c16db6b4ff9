/** Which generators are worth trying for a request, cheapest first, from the record of what succeeded on such changes. */
import type { ChangeRequest } from '#change';

export interface Router {
  /** Names of `among`, each at most once, and why it stands where it stands; one that is left out is not tried. */
  order(request: ChangeRequest, among: readonly string[]): Promise<readonly { readonly generator: string; readonly why: string }[]>;
}
