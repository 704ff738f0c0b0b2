using System.Collections.Generic;

namespace NanoComm.Tests.Contract
{
    /// <summary>A type as the listings show it.</summary>
    /// <param name="Name">Full name; nested types with '.', arity with '`'.</param>
    /// <param name="Kind">"sealed class", "struct", "enum", "delegate" …</param>
    /// <param name="Bases">Base class, unless it is object or ValueType, and interfaces; the underlying type of an enum.</param>
    /// <param name="Members">One line each: a member, an enum's "Name=value", a delegate's whole signature.</param>
    internal sealed record ApiType(string Name, string Kind, IReadOnlyList<string> Bases, IReadOnlyList<string> Members)
    {
        /// <summary>What overloads share: "Name(" of a method, "new(" of a constructor; "" of anything else.</summary>
        public static string OverloadGroup(string member)
        {
            int bracket = member.IndexOf('(');
            return bracket < 0 ? "" : member[(member.LastIndexOf(' ', bracket) + 1)..(bracket + 1)];
        }
    }
}
