/** What Google gives a page inside a sheet: calls of the script behind it, by the name of the function. */
interface ScriptRun {
  withSuccessHandler(handler: (answer: any) => void): ScriptRun;
  withFailureHandler(handler: (problem: Error) => void): ScriptRun;
  [name: string]: (...args: any[]) => any;
}

declare const google: { script: { run: ScriptRun } };
