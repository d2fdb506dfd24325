import type { Reporter, TestModule } from 'vitest/node';

/** Prints `N passed, N failed` as the very last line; files that could not run count as failed. */
export default class LastLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const before = (process.env.XA_CHECKS ?? '0,0').split(',').map(Number);
    let [passed = 0, failed = 0] = before;
    for (const module of modules) {
      const tests = [...module.children.allTests()];
      passed += tests.filter((test) => test.result().state === 'passed').length;
      failed += tests.filter((test) => test.result().state === 'failed').length;
      if (module.errors().length > 0 && tests.length === 0) failed += 1;
    }
    process.on('exit', () => console.log(`${passed} passed, ${failed} failed`));
  }
}
