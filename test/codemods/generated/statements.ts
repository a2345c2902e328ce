/** What a statement is printed from. Each part is printed when it is asked for: marks count in that order. */
export interface Parts {
  /** A call of the source, by the name of whatever holds it here. */
  readonly call: (receiver?: string) => string;
  readonly other: () => string;
  /** The statements inside. */
  readonly inner: () => string;
  /** How the source is read. */
  readonly receiver: string;
  /** A number that no other statement has. */
  readonly number: number;
  /** Both calls take as many ticks after a migration as before, so that something may run beside them. */
  readonly isSteady: boolean;
  /** A promise may be returned as it is. */
  readonly mayReturn: boolean;
  /** Name of the first method of the source. */
  readonly method: string;
  readonly slot: string;
}
export type PrintStatement = (parts: Parts) => string;

const hasOwnThis = ({ receiver }: Parts): boolean => receiver.startsWith('this');
/** What only a call without `await` in it may stand in: elsewhere it is awaited as usual. */
const unlessAwaiting =
  (print: (call: string, parts: Parts) => string): PrintStatement =>
  (parts) => {
    const call = parts.call();
    return /\bawait\b/.test(call) || hasOwnThis(parts) ? `await ${call};` : print(call, parts);
  };
const ifSteady =
  (print: PrintStatement): PrintStatement =>
  (parts) =>
    parts.isSteady ? print(parts) : `await ${parts.call()};`;
const arrow = (call: string): string => `${/\bawait\b/.test(call) ? 'async ' : ''}() => ${call}`;

/** Statements around one call or two. */
export const simpleStatements: Readonly<Record<string, PrintStatement>> = {
  await: ({ call }) => `await ${call()};`,
  constant: ({ call, number }) => `const value${number} = await ${call()};\nmark(value${number});`,
  then: ({ call }) => `await ${call()}.then((text) => mark(text));`,
  catch: ({ call }) => `await ${call()}.catch((error) => mark(String(error)));`,
  'then and finally': ({ call }) =>
    `await ${call()}.then((text) => mark(text)).finally(() => mark('finally'));`,
  closure: ({ call, number }) => `const run${number} = ${arrow(call())};\nawait run${number}();`,
  void: ifSteady(({ call }) => `void ${call()}.catch((error) => mark(String(error)));\nmark('at once');`),
  return: ({ call, mayReturn }) => `if (mark('r') === 'r') return ${mayReturn ? '' : 'await '}${call()};`,
  both: ifSteady(({ call, other }) => `await Promise.allSettled([handled(${call()}), handled(${other()})]);`),
  'all destructured': ifSteady(
    ({ call, other, number }) =>
      `const [left${number}, right${number}] = await Promise.all([handled(${call()}), handled(${other()})]);\nmark(left${number} + right${number});`,
  ),
  'promise that is kept': ifSteady(
    ({ call, number }) =>
      `const kept${number} = handled(${call()});\nmark('between');\nmark(await kept${number});`,
  ),
  'calls in a map': ifSteady(
    ({ call }) =>
      `await Promise.allSettled(['m1', 'm2'].map(async (fixed) => {\nvoid fixed;\nreturn ${call()};\n}));`,
  ),
  condition: ({ call, other }) => `if (mark('i') === 'i' && (await ${call()}) !== '') await ${other()};`,
  either: ({ call, other }) => `mark((await ${call()}) || (await ${other()}));`,
  ternary: ({ call, other }) => `mark(current === 'start' ? await ${call()} : await ${other()});`,
  text: ({ call, other }) => `mark(\`\${await ${call()}} \${await ${other()}}\`);`,
  'tagged text': ({ call, other }) => `mark(tag\`a\${await ${call()}}b\${await ${other()}}\`);`,
  comma: ({ call, number }) =>
    `const value${number} = (mark('comma'), await ${call()});\nmark(value${number});`,
  assigned: ({ call }) => `current = await ${call()};\nmark(current);`,
  'added to': ({ call }) => `current += await ${call()};\nmark(current);`,
  'assigned if absent': ({ call, number }) =>
    `let late${number} = maybe as string | undefined;\nlate${number} ??= await ${call()};\nmark(late${number});`,
  'assigned to an element': ({ call, other, number }) =>
    `const seen${number}: Record<string, string> = {};\nseen${number}[await ${call()}] = await ${other()};\nmark(JSON.stringify(seen${number}));`,
  array: ({ call, other }) => `mark([await ${call()}, await ${other()}].join());`,
  object: ({ call, other }) => `mark(JSON.stringify({ one: await ${call()}, [await ${other()}]: 1 }));`,
  arguments: ({ call, other }) => `mark(pair(await ${call()}, await ${other()}));`,
  'spread arguments': ({ call, other }) => `mark(pair(...([await ${call()}, await ${other()}] as const)));`,
  new: ({ call }) => `mark(new Held(await ${call()}).value);`,
  'default of a member': ({ call, number }) =>
    `const { missing: missing${number} = await ${call()} } = empty;\nmark(missing${number});`,
  'default of an element': ({ call, number }) =>
    `const [first${number} = await ${call()}] = [] as string[];\nmark(first${number});`,
  'default of a parameter': unlessAwaiting(
    (call, { number }) => `const run${number} = (promise = ${call}) => promise;\nmark(await run${number}());`,
  ),
  'async generator': (parts) =>
    hasOwnThis(parts)
      ? `await ${parts.call()};`
      : `for await (const text of (async function* () {\nyield await ${parts.call()};\nyield ${parts.other()};\n})()) mark(text);`,
  'for of': ({ call }) => `for (const text of [await ${call()}, mark('e')]) mark(text);`,
  'head of a for': ({ call, other }) =>
    `for (let text = await ${call()}; text !== 'done'; mark(await ${other()}), text = 'done') mark(text);`,
  'for without braces': ({ call }) => `for (let index = 0; index < 2; index += 1) await ${call()};`,
  while: ({ call, number }) =>
    `let left${number} = 2;\nwhile (left${number}-- > 0 && (await ${call()}) !== '') mark('while');`,
  'do while': ({ call }) => `do {\nmark('do');\n} while ((await ${call()}) === '');`,
  'closures in a loop': ({ call, number }) =>
    `const runs${number}: (() => Promise<string>)[] = [];\nfor (const fixed of ['a', 'b']) {\nvoid fixed;\nruns${number}.push(${arrow(call())});\n}\nfor (const run of runs${number}) mark(await run());`,
  'called at once': ({ call }) => `await (async () => ${call()})();`,
  'caught inside': ({ call, other, number }) =>
    `const run${number} = async (): Promise<string> => {\ntry {\nreturn await ${call()};\n} catch (error) {\nmark(String(error));\nreturn await ${other()};\n} finally {\nmark('finally');\n}\n};\nmark(await run${number}());`,
  'returned inside try': ({ call, number, mayReturn }) =>
    `const run${number} = async (): Promise<string> => {\ntry {\nreturn ${mayReturn ? '' : 'await '}${call()};\n} catch (error) {\nreturn mark(String(error));\n}\n};\nmark(await run${number}());`,
  'function below': ({ call, receiver, number }) =>
    `mark(await run${number}(${receiver}));\nasync function run${number}(inner: Source): Promise<string> {\nreturn ${call('inner')};\n}`,
  'getter of an object': unlessAwaiting(
    (call, { number }) =>
      `const lazy${number} = {\nget value() {\nreturn ${call};\n},\n};\nmark(await lazy${number}.value);`,
  ),
  'field of a class': unlessAwaiting(
    (call, { number }) =>
      `class Inner${number} {\nreadonly value = ${call};\n}\nmark(await new Inner${number}().value);`,
  ),
  'switch on': ({ call }) =>
    `switch (await ${call()}) {\ncase '':\nmark('no');\nbreak;\ncase mark('case'):\ndefault:\nmark('yes');\n}`,
  'case without a block': ({ call, other, number }) =>
    `switch (mark('s')) {\ncase 's':\nawait ${call()};\nconst value${number} = await ${other()};\nmark(value${number});\nbreak;\ndefault:\nmark('no');\n}`,
  'if without braces': ({ call, other }) => `if (current !== '') await ${call()};\nelse await ${other()};`,
  not: ({ call }) => `if (!(await ${call()})) mark('not');`,
  typeof: ({ call }) => `mark(typeof (await ${call()}));`,
  asserted: ({ call }) => `mark((await ${call()}) as string);\nmark((await same(1))!.toString());`,
  'member of the result': ({ call }) => `mark((await ${call()}).toUpperCase());`,
  'optional member of the result': ({ call }) => `mark(String((await ${call()})?.length));`,
  thrown: ({ call }) => `if (mark('t') === 't') throw new Error(await ${call()});`,
  labelled: ({ call, number }) =>
    `outer${number}: for (const one of ['a', 'b']) {\nfor (const two of ['c', 'd']) {\nif ((await ${call()}) !== one) continue outer${number};\nmark(two);\n}\n}`,
  'handed to a function': ({ call, receiver, number }) => {
    const inner = call('inner');
    return `const help${number} = ${/\bawait\b/.test(inner) ? 'async ' : ''}(inner: Source): Promise<string> => ${inner};\nmark(await help${number}(${receiver}));`;
  },
  'alias in a block': ({ call, receiver }) => `{\nconst again = ${receiver};\nawait ${call('again')};\n}`,
  'object in a block': ({ call, receiver }) =>
    `{\nconst held = { source: ${receiver}, name: 'held' };\nmark(held.name);\nawait ${call('held.source')};\n}`,
  'array in a block': ({ call, receiver }) => `for (const one of [${receiver}]) await ${call('one')};`,
  unrelated: ({ method, call }) =>
    `{\nconst other = { ${method}: (text: string): Promise<string> => later(text) };\nmark(await other.${method}('unrelated'));\nawait ${call()};\n}`,
  change: () => "current = mark('changed');\nbox.value = current;",
  // Names that the rewritten code would like to have, in a block of their own.
  clash: ({ slot, call }) =>
    `{\nconst ${slot} = mark('clash');\nconst p0 = ${slot};\nmark(p0);\nawait ${call()};\n}`,
};

/** Statements that keep the source as it is: rare, or else nothing would move. */
export const staying: Readonly<Record<string, PrintStatement>> = {
  'method reference': ({ receiver, method, number }) =>
    `const method${number} = ${receiver}.${method};\nmark(typeof method${number});`,
  'shape of the source': ({ receiver, method }) => `mark(String('${method}' in ${receiver}));`,
  'identity of the source': ({ receiver }) => `mark(String(new Set([${receiver}, ${receiver}]).size));`,
  'bound method': ({ receiver, method }) => `mark(typeof ${receiver}.${method}.bind(${receiver}));`,
};

/** Statements around others. */
export const blockStatements: Readonly<Record<string, PrintStatement>> = {
  try: ({ inner }) => `try {\n${inner()}\n} catch (error) {\nmark(String(error));\n}`,
  finally: ({ inner }) => `try {\n${inner()}\n} finally {\nmark('finally');\n}`,
  'in catch': ({ inner }) => `try {\nthrow new Error(mark('thrown'));\n} catch {\n${inner()}\n}`,
  'in finally': ({ inner }) => `try {\nmark('try');\n} finally {\n${inner()}\n}`,
  loop: ({ inner }) => `for (const fixed of ['l1', 'l2']) {\nvoid fixed;\n${inner()}\n}`,
  if: ({ inner }) => `if (mark('o') === 'o') {\n${inner()}\n}`,
  else: ({ inner }) => `if (mark('o') === '') mark('no');\nelse {\n${inner()}\n}`,
  switch: ({ inner }) => `switch (mark('s')) {\ncase 's': {\n${inner()}\nbreak;\n}\ndefault:\nmark('no');\n}`,
  block: ({ inner }) => `{\n${inner()}\n}`,
  'labelled block': ({ inner, number }) =>
    `block${number}: {\nif (current === '') break block${number};\n${inner()}\n}`,
  shadow: ({ inner }) =>
    `{\nconst fixed = mark('shadow');\nlet current = fixed;\nvoid [fixed, current];\n${inner()}\n}`,
  'arrow function': ({ inner, number }) =>
    `const work${number} = async (): Promise<unknown> => {\n${inner()}\nreturn 'worked';\n};\nmark(String(await work${number}()));`,
};
