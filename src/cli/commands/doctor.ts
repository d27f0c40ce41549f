/** `countersign doctor`: looks at an installation and says, line by line, what is well, what is not, and what to do. */
import type { Command } from 'commander';
import { type Answer, counted } from '../answer.ts';
import { printing, withExamples } from '../define-command.ts';
import type { CheckState, DoctorCheck, Finding, Patient } from '../doctor/check.ts';
import { readCommandSettings, withSettings } from '../on-data.ts';
import { createPainter, type Painter, printable } from '../paint.ts';

/** A finding under its check's name. */
interface NamedFinding extends Finding {
  readonly name: string;
}

/** Adds the command to the program. */
export function defineDoctorCommand(program: Command): void {
  const command = withSettings(
    program
      .command('doctor')
      .description(
        'check an installation, and say what to do (exit status 1: something fails); takes the flags of serve',
      ),
    'all',
  );
  printing(command, () => run(command));
  withExamples(
    command,
    'countersign doctor',
    'countersign doctor --config countersign.yaml --public-url https://tracker.example.com --json',
  );
}

async function run(command: Command): Promise<Answer> {
  const { settings } = readCommandSettings(command);
  const [{ CHECKS }, { withPatient }] = await Promise.all([
    import('../doctor/checks.ts'),
    import('../doctor/meet-patient.ts'),
  ]);
  const findings = await withPatient(settings, (patient) =>
    Promise.all(CHECKS.map((check) => examined(check, patient))),
  );
  const failures = findings.filter(({ state }) => state === 'failed').length;
  const painter = createPainter();
  return {
    json: { ok: failures === 0, checks: findings },
    lines: findings.flatMap((finding) => findingLines(finding, painter)),
    ...(failures > 0 && { failure: `${counted(failures, 'check')} failed.` }),
  };
}

/** A check that breaks is a failure of its own, not the end of the others. */
async function examined(check: DoctorCheck, patient: Patient): Promise<NamedFinding> {
  try {
    return { name: check.name, ...(await check.examine(patient)) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      name: check.name,
      state: 'failed',
      finding: reason,
      advice: 'This check could not be finished.',
    };
  }
}

function findingLines({ name, state, finding, advice }: NamedFinding, painter: Painter): string[] {
  const line = `${mark(state, painter)} ${painter.bold(name)}: ${printable(finding)}`;
  return advice === null ? [line] : [line, `    ${printable(advice)}`];
}

function mark(state: CheckState, painter: Painter): string {
  if (state === 'ok') return painter.good('✔');
  if (state === 'warning') return painter.warning('!');
  return state === 'failed' ? painter.bad('✘') : painter.dim('–');
}
