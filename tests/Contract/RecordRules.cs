using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NanoComm.Tests.Contract
{
    /// <summary>
    /// Every name under which the firmware uses the durable store is in the catalogue, by its owner: followed from the
    /// store's calls through parameters and fields to the constants that they are made of. A name that cannot be
    /// followed is refused as well, so that no record is forgotten.
    /// </summary>
    internal sealed class RecordRules
    {
        public const string UnknownRecord = nameof(UnknownRecord);
        public const string ForeignRecord = nameof(ForeignRecord);
        public const string HiddenName = nameof(HiddenName);

        private const string Catalogue = "RecordCatalogue";
        private const string Entry = "DurableRecord";

        private static readonly string[] Stores = ["IDurableStore", "DurableStore"];
        private static readonly string[] Uses = ["Read", "LengthOf", "Write", "Delete"];

        private readonly CSharpCompilation _compilation;
        private readonly Dictionary<SyntaxTree, SemanticModel> _models = new();
        private readonly List<SyntaxNode> _nodes;
        private readonly Dictionary<string, string> _owners = new();
        private readonly HashSet<ISymbol> _followed = new(SymbolEqualityComparer.Default);
        private readonly HashSet<string> _used = new();
        private readonly List<Finding> _findings = new();

        /// <summary>Runs the rule.</summary>
        /// <param name="firmware">The firmware's sources.</param>
        public RecordRules(CSharpCompilation firmware)
        {
            _compilation = firmware;
            _nodes = firmware.SyntaxTrees.SelectMany(tree => tree.GetRoot().DescendantNodes()).ToList();
            foreach (ObjectCreationExpressionSyntax entry in _nodes.OfType<ObjectCreationExpressionSyntax>()
                .Where(node => Called(node)?.ContainingType.Name == Entry))
            {
                _owners.Add(Constant(entry.ArgumentList.Arguments[0].Expression),
                    Constant(entry.ArgumentList.Arguments[1].Expression));
            }

            foreach (InvocationExpressionSyntax call in _nodes.OfType<InvocationExpressionSyntax>()
                .Where(node => Called(node) is IMethodSymbol called && Stores.Contains(called.ContainingType.Name)
                    && Uses.Contains(called.Name)))
            {
                Follow(call.ArgumentList.Arguments[0].Expression);
            }
        }

        /// <summary>What is wrong.</summary>
        public IReadOnlyList<Finding> Findings => _findings;

        /// <summary>Names in the catalogue.</summary>
        public IEnumerable<string> Names => _owners.Keys;

        /// <summary>Names in the catalogue that the store is never asked for.</summary>
        public IEnumerable<string> Unused => _owners.Keys.Except(_used);

        private void Follow(ExpressionSyntax name)
        {
            if (Constant(name) is string text)
            {
                Check(name, text);
                return;
            }

            ISymbol symbol = Model(name).GetSymbolInfo(name).Symbol;
            if (symbol is IPropertySymbol && symbol.ContainingType.Name == Entry)
            {
                return;
            }

            List<ExpressionSyntax> sources = symbol switch
            {
                IParameterSymbol parameter => ArgumentsOf(parameter).ToList(),
                IFieldSymbol => ValuesOf(symbol).ToList(),
                _ => [],
            };
            if (sources.Count == 0)
            {
                Add(name, HiddenName, $"'{name}' is the name of a record; give it as a constant of {Catalogue}, a "
                    + "parameter or a field, so that it can be followed");
            }
            else if (_followed.Add(symbol))
            {
                sources.ForEach(Follow);
            }
        }

        private void Check(ExpressionSyntax at, string name)
        {
            _used.Add(name);
            string room = Model(at).GetEnclosingSymbol(at.SpanStart).ContainingNamespace.Name;
            if (!_owners.TryGetValue(name, out string owner))
            {
                Add(at, UnknownRecord, $"the record '{name}' is not in {Catalogue}.All(): nothing would erase it");
            }
            else if (owner != room)
            {
                Add(at, ForeignRecord, $"the record '{name}' belongs to {owner}, and is used by {room}");
            }
        }

        private IEnumerable<ExpressionSyntax> ArgumentsOf(IParameterSymbol parameter)
        {
            return _nodes.Where(node => SymbolEqualityComparer.Default.Equals(Called(node), parameter.ContainingSymbol))
                .Select(node => node is InvocationExpressionSyntax call ? call.ArgumentList
                    : ((BaseObjectCreationExpressionSyntax)node).ArgumentList)
                .Select(list => list.Arguments[parameter.Ordinal].Expression);
        }

        private IEnumerable<ExpressionSyntax> ValuesOf(ISymbol field)
        {
            return _nodes.OfType<AssignmentExpressionSyntax>()
                .Where(node => SymbolEqualityComparer.Default.Equals(Model(node).GetSymbolInfo(node.Left).Symbol, field))
                .Select(node => node.Right);
        }

        private IMethodSymbol Called(SyntaxNode node)
        {
            return node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax
                ? Model(node).GetSymbolInfo(node).Symbol as IMethodSymbol : null;
        }

        private string Constant(ExpressionSyntax expression)
        {
            return Model(expression).GetConstantValue(expression).Value as string;
        }

        private SemanticModel Model(SyntaxNode node)
        {
            if (!_models.TryGetValue(node.SyntaxTree, out SemanticModel model))
            {
                model = _compilation.GetSemanticModel(node.SyntaxTree);
                _models.Add(node.SyntaxTree, model);
            }

            return model;
        }

        private void Add(SyntaxNode at, string code, string message)
        {
            FileLinePositionSpan span = at.GetLocation().GetLineSpan();
            _findings.Add(new Finding($"{span.Path}({span.StartLinePosition.Line + 1},{span.StartLinePosition.Character + 1})",
                code, message));
        }
    }
}
