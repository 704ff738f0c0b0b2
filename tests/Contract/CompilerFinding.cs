using System;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace NanoComm.Tests.Contract
{
    /// <summary>Compiler errors as findings, with what to do instead where the device differs from .NET.</summary>
    internal static class CompilerFinding
    {
        private static readonly (string Code, string Mentions, string Advice)[] Advice =
        {
            ("CS0518", "System.Nullable", "no T? values on nanoFramework: use a value that means none, or a bool beside it"),
            ("CS8179", "System.ValueTuple", "no tuples on nanoFramework: use out parameters or a small class"),
            ("CS0518", "System.Index", "no ranges on nanoFramework: pass offset and length"),
            ("CS0518", "System.Range", "no ranges on nanoFramework: pass offset and length"),
            ("CS0234", "'Generic'", "no generic collections on nanoFramework: use an array, or ArrayList in hal/Esp32"),
            ("CS0234", "'Linq'", "no LINQ on nanoFramework: write the loop"),
            ("CS0234", "'Tasks'", "no async on nanoFramework: a loop is an IReaction or an ISequence"),
            ("CS0234", "'Esp32'", "firmware/ knows hal's interfaces, not their implementations: ask the IBoard"),
            ("CS0518", "IEquatable", "no records on nanoFramework: write a sealed class"),
            ("CS0518", "System.Collections.Generic.I", "no yield on nanoFramework: fill an array that the caller gives"),
            ("CS1983", "", "no async on nanoFramework: a loop is an IReaction or an ISequence"),
            ("CS1061", "'Replace'", "string has no Replace on nanoFramework: build the text from its parts"),
            ("CS1501", "'WaitOne'", "on nanoFramework: WaitOne(milliseconds, false)"),
            ("CS7036", "WaitHandle.WaitOne", "on nanoFramework: WaitOne(milliseconds, false)"),
            ("CS0012", "", "add its Reference and package to the project"),
        };

        /// <summary>Converts one diagnostic.</summary>
        public static Finding From(Diagnostic diagnostic)
        {
            string message = diagnostic.GetMessage(CultureInfo.InvariantCulture);
            string advice = Advice.FirstOrDefault(item => item.Code == diagnostic.Id
                && message.Contains(item.Mentions, StringComparison.Ordinal)).Advice;
            return new Finding(Place(diagnostic.Location), diagnostic.Id,
                advice == null ? message : $"{message} ({advice})");
        }

        private static string Place(Location location)
        {
            if (!location.IsInSource)
            {
                return "compiler";
            }

            FileLinePositionSpan span = location.GetLineSpan();
            return $"{span.Path}({span.StartLinePosition.Line + 1},{span.StartLinePosition.Character + 1})";
        }
    }
}
