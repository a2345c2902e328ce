// The untyped rename, as the tool's documentation shows one. It is loaded by require, and the names are its own.
module.exports = (file, { jscodeshift }) =>
  file.source.includes('killTask')
    ? jscodeshift(file.source)
        .find(jscodeshift.CallExpression, { callee: { property: { name: 'killTask' } } })
        .forEach(({ node }) => {
          node.callee.property.name = 'stopTask';
        })
        .toSource()
    : undefined;
