using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NanoComm.Tests.Contract
{
    /// <summary>Finds the texts of a source, and which of them are said through <c>Words</c> (tools/CommandLine/Words).</summary>
    internal static class SaidTexts
    {
        private const string Words = nameof(Words);

        /// <summary>All texts of a source; what is in the holes of one is a text of its own.</summary>
        public static IEnumerable<SaidText> Of(string source)
        {
            SyntaxNode root = CSharpSyntaxTree.ParseText(source).GetRoot();
            return root.DescendantNodes().OfType<ExpressionSyntax>().Where(IsWhole).Select(Read);
        }

        /// <summary>Calls of <c>Words.Of</c> and <c>Words.Later</c> whose text is no literal, so that nobody can look its key up.</summary>
        /// <returns>Lines.</returns>
        public static IEnumerable<int> Unknown(string source)
        {
            SyntaxNode root = CSharpSyntaxTree.ParseText(source).GetRoot();
            return root.DescendantNodes().OfType<InvocationExpressionSyntax>()
                .Where(call => MethodOf(call) is "Of" or "Later")
                .Where(call => call.ArgumentList.Arguments.Count != 1 || !IsText(call.ArgumentList.Arguments[0].Expression)
                    || LosesHoles(Parts(call.ArgumentList.Arguments[0].Expression).ToList()))
                .Select(LineOf);
        }

        private static SaidText Read(ExpressionSyntax text)
        {
            List<ExpressionSyntax> parts = Parts(text).ToList();
            return new SaidText(KeyOf(parts), string.Concat(parts.SelectMany(Literals)), SaidBy(text), LineOf(text),
                text.GetFirstToken().Text.Contains('@'));
        }

        // A literal, an interpolated text, or a sum of nothing else.
        private static bool IsText(ExpressionSyntax expression)
        {
            return expression is InterpolatedStringExpressionSyntax
                || expression.IsKind(SyntaxKind.StringLiteralExpression)
                || (expression is BinaryExpressionSyntax sum && sum.IsKind(SyntaxKind.AddExpression) && IsText(sum.Left) && IsText(sum.Right));
        }

        // What something is looked up by, or named by in JSON, is said to nobody.
        private static bool IsWhole(ExpressionSyntax expression)
        {
            return IsText(expression) && !(expression.Parent is ExpressionSyntax sum && IsText(sum))
                && expression.Parent is not ArgumentSyntax { Parent: BracketedArgumentListSyntax };
        }

        private static IEnumerable<ExpressionSyntax> Parts(ExpressionSyntax text)
        {
            return text is BinaryExpressionSyntax sum ? Parts(sum.Left).Concat(Parts(sum.Right)) : [text];
        }

        private static IEnumerable<string> Literals(ExpressionSyntax part)
        {
            return part is InterpolatedStringExpressionSyntax interpolated
                ? interpolated.Contents.OfType<InterpolatedStringTextSyntax>().Select(text => Unescaped(text))
                : [((LiteralExpressionSyntax)part).Token.ValueText];
        }

        // A sum of interpolated and plain texts is a string before Words see it.
        private static bool LosesHoles(List<ExpressionSyntax> parts)
        {
            return HasHoles(parts) && !parts.TrueForAll(part => part is InterpolatedStringExpressionSyntax);
        }

        private static bool HasHoles(List<ExpressionSyntax> parts)
        {
            return parts.OfType<InterpolatedStringExpressionSyntax>().Any(part => part.Contents.OfType<InterpolationSyntax>().Any());
        }

        private static string KeyOf(List<ExpressionSyntax> parts)
        {
            int hole = 0;
            return !HasHoles(parts) ? string.Concat(parts.SelectMany(Literals))
                : string.Concat(parts.Select(part => part is InterpolatedStringExpressionSyntax interpolated
                    ? string.Concat(interpolated.Contents.Select(content => content is InterpolationSyntax filled
                        ? $"{{{hole++}{filled.FormatClause}}}" : Escaped(Unescaped((InterpolatedStringTextSyntax)content))))
                    : string.Concat(Literals(part).Select(Escaped))));
        }

        private static string Escaped(string text) => text.Replace("{", "{{").Replace("}", "}}");

        // The token's value keeps the doubled braces.
        private static string Unescaped(InterpolatedStringTextSyntax text)
        {
            return text.TextToken.ValueText.Replace("{{", "{").Replace("}}", "}");
        }

        private static string SaidBy(ExpressionSyntax text)
        {
            return text.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } ? MethodOf(call) : null;
        }

        private static string MethodOf(InvocationExpressionSyntax call)
        {
            return call.Expression is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: Words } } access
                ? access.Name.Identifier.ValueText : null;
        }

        private static int LineOf(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
    }
}
