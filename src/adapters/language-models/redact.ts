/**
 * Takes secrets out of text: those that are known by their value, and what has the form of one. Why: providers repeat keys in their
 * errors, people paste them into requests, and neither a log nor a prompt may hold one.
 */
export type Redact = (text: string) => string;

const forms: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /\b(?:sk|pk|rk|ghp|gho|github_pat|xox[abprs]|hf|gsk|key)[-_][\w-]{16,}/g,
  /\bsk-[\w*-]{6,}/g,
  /\bAIza[\w-]{20,}/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{5,}/g,
  /(?<=\bBearer\s+)[\w.~+/*=-]{8,}/gi,
  /(?<=\b[Bb]asic\s+)(?=\S*[A-Z])(?=\S*[a-z])(?=\S*[0-9])[A-Za-z0-9+/]{12,}={0,2}/g,
  /(?<=\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:)[^\s@/]+(?=@)/gi,
];
const shown = '[secret]';

/** `secrets` are values; those under six characters are words, and stay. */
export function redactor(secrets: readonly string[]): Redact {
  const values = secrets
    .filter((secret) => secret.length >= 6)
    .flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), Buffer.from(secret).toString('base64')])
    .sort((a, b) => b.length - a.length);
  return (text) => {
    let clean = text;
    for (const value of new Set(values)) clean = clean.replaceAll(value, shown);
    for (const form of forms) clean = clean.replace(form, shown);
    return clean;
  };
}
