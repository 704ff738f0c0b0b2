using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;

namespace NanoComm.Tests.Contract
{
    /// <summary>
    /// Holds stub declarations against the listing of the real package: nothing is declared that is not there, nothing
    /// is declared differently, and the overloads of a name are all there or none, so that overload resolution here is
    /// overload resolution there.
    /// </summary>
    internal static class StubRules
    {
        public const string UnknownAssembly = nameof(UnknownAssembly);
        public const string UnknownType = nameof(UnknownType);
        public const string DifferentType = nameof(DifferentType);
        public const string UnknownMember = nameof(UnknownMember);
        public const string MissingMember = nameof(MissingMember);

        /// <summary>Checks one compiled stub assembly.</summary>
        public static IEnumerable<Finding> Check(ModuleDefinition stub, IReadOnlyDictionary<string, ApiListing> listings)
        {
            string name = stub.Assembly.Name.Name;
            return listings.TryGetValue(name, out ApiListing listing)
                ? ApiRenderer.Render(stub).SelectMany(type => Check(type, listing, listings.Values))
                : new[] { new Finding($"tests/Contract/Stubs/{name}", UnknownAssembly, "has no listing in tests/Contract/Api") };
        }

        private static IEnumerable<Finding> Check(ApiType stub, ApiListing listing, IEnumerable<ApiListing> all)
        {
            string place = $"tests/Contract/Stubs/{listing.Assembly}";
            ApiType real = listing.Find(stub.Name);
            if (real == null)
            {
                yield return new Finding(place, UnknownType, $"{stub.Name} is not in {listing.Assembly}");
                yield break;
            }

            if (stub.Kind != real.Kind)
            {
                yield return new Finding(place, DifferentType,
                    $"{stub.Name} is declared as {stub.Kind}; in {listing.Assembly} it is: {real.Kind}");
            }

            foreach (string extra in stub.Bases.Except(real.Bases))
            {
                yield return new Finding(place, DifferentType,
                    $"{stub.Name} is declared with the base {extra}; in {listing.Assembly}: {Show(real.Bases)}");
            }

            foreach (string lost in real.Bases.Take(1).Where(item => IsClass(item, all)).Except(stub.Bases))
            {
                yield return new Finding(place, DifferentType, $"{stub.Name} is declared without its base class {lost}");
            }

            foreach (string member in stub.Members.Except(real.Members))
            {
                yield return new Finding(place, UnknownMember,
                    $"{stub.Name}: '{member}' is not in {listing.Assembly}; there: {Show(Alike(member, real))}");
            }

            HashSet<string> groups = stub.Members.Select(ApiType.OverloadGroup).ToHashSet();
            groups.Remove("");
            foreach (string member in real.Members.Except(stub.Members))
            {
                if (real.Kind == "interface" || groups.Contains(ApiType.OverloadGroup(member)))
                {
                    yield return new Finding(place, MissingMember, $"{stub.Name}: declare '{member}' too: "
                        + "overloads of a name and members of an interface are declared all or none");
                }
            }
        }

        private static bool IsClass(string name, IEnumerable<ApiListing> listings)
        {
            TypeDefinition core = CoreLibrary.Assembly.Module.GetType(name);
            return core is { IsInterface: false, IsValueType: false }
                || listings.Select(listing => listing.Find(name)).Any(type => type?.Kind.EndsWith("class") == true);
        }

        private static IEnumerable<string> Alike(string member, ApiType real)
        {
            string name = Name(member);
            return real.Members.Where(other => Name(other) == name);
        }

        private static string Name(string member)
        {
            string group = ApiType.OverloadGroup(member);
            return group.Length > 0
                ? group.TrimEnd('(')
                : member.Split('{', '=')[0].Split('[')[0].TrimEnd().Split(' ').Last();
        }

        private static string Show(IEnumerable<string> lines)
        {
            string text = string.Join("; ", lines);
            return text.Length > 0 ? text : "nothing of that name";
        }
    }
}
