/** The operator's way through a merger: the dry run's report as text, then the merger with the word it gave. */
import { differences, takeStock, type MergerPlanInput, type PredecessorStock } from '#domain/commune';
import { isAppError } from '#kernel/errors';
import { dryRun, mergeCommunes, MergeRefused, type DryRun, type MergePlace } from './merge.ts';
import { runAs, type Runtime } from './runtime.ts';
import { errorWords } from './words.ts';

type Place = Pick<Runtime, 'urls' | 'wiring' | 'handle' | 'communes'>;

/**
 * Without `confirm` a dry run; with it the merger, counted once more when it is done.
 * @returns the exit code: 0 done, 1 refused or the figures differ
 */
export async function mergeByOperator(
  runtime: Place,
  input: MergerPlanInput,
  { confirm, acceptOpenWork }: { confirm: string | undefined; acceptOpenWork: boolean },
  say: (line: string) => void = console.log,
): Promise<number> {
  const place: MergePlace = { ownerUrl: runtime.urls.owner, wiring: runtime.wiring, now: new Date() };
  try {
    if (confirm === undefined) {
      dryRunLines(await dryRun(place, input)).forEach(say);
      return 0;
    }
    const { commune, report } = await mergeCommunes(place, input, { confirmation: confirm, acceptOpenWork });
    runtime.communes.forget();
    const faults = await recount(runtime, report.predecessors);
    say(`${commune.name} is there. Its first administrator: npm run xa -- admin --commune ${commune.slug} …`);
    if (faults.length === 0) say('Counted again: every predecessor has what it had.');
    for (const fault of faults) say(`Differs: ${fault}`);
    return faults.length === 0 ? 0 : 1;
  } catch (thrown) {
    if (thrown instanceof MergeRefused) say(`${thrown.message} Nothing was changed.`);
    else if (isAppError(thrown)) {
      say(errorWords(thrown.code, thrown.params, 'en'));
      for (const [field, code] of Object.entries(thrown.fields))
        say(`  ${field}: ${errorWords(code, thrown.params, 'en')}`);
    } else throw thrown;
    return 1;
  }
}

/** What each predecessor has now that is not what was reported. */
async function recount(runtime: Place, before: readonly PredecessorStock[]): Promise<string[]> {
  const communes = await runtime.communes.all();
  const faults = [];
  for (const was of before) {
    const commune = communes.find(({ slug }) => slug === was.slug)!;
    const is = await runAs(runtime, { commune, actor: { kind: 'system', name: 'operator' } }, takeStock);
    faults.push(...differences(was, is).map((line) => `${was.name}, ${line}`));
  }
  return faults;
}

function dryRunLines({ plan, report, open, confirmation }: DryRun): string[] {
  const lines = [
    `Dry run. Nothing is changed. ${plan.name} (${plan.officialCode}) from ${plan.day}, made of:`,
  ];
  for (const { name, slug, agencyCode, hosts, counts } of report.predecessors) {
    lines.push('', `${name} (${slug}, ${agencyCode}, ${hosts.join(' ')})`);
    for (const { title, count } of counts)
      lines.push(`  ${String(count).padStart(8)}  ${title.vi} (${title.en})`);
  }
  lines.push('', `Hamlets of ${plan.name}: ${report.hamlets.length}`);
  for (const { name, from } of report.hamlets) lines.push(`  ${name}  (${from})`);
  lines.push(
    '',
    `From ${plan.day} on the predecessors are read-only. Their hosts, codes and addresses stay as they are.`,
    plan.readPredecessors
      ? `Officials of ${plan.name} may read there with their roles.`
      : `Officials of ${plan.name} may not read there.`,
  );
  if (open.length > 0) {
    lines.push('', 'Open work that nobody can finish after that day:');
    for (const { commune, title, count } of open)
      lines.push(`  ${commune}: ${count} ${title.vi} (${title.en})`);
    lines.push('Finish it first, or add --accept-open-work.');
  }
  return [...lines, '', 'To carry it out, with exactly these figures:', `  --confirm "${confirmation}"`];
}
