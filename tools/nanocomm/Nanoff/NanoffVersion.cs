using System.Globalization;
using System.Text.RegularExpressions;

namespace NanoComm.Tool
{
    /// <summary>A version of nanoff, as it tells it.</summary>
    /// <param name="Major">The first number.</param>
    /// <param name="Minor">The second one.</param>
    /// <param name="Patch">The third one.</param>
    /// <param name="Suffix">What is behind the numbers, as <c>-preview.1</c>; empty where there is nothing.</param>
    internal readonly record struct NanoffVersion(int Major, int Minor, int Patch, string Suffix)
    {
        // Version 2.5 says "nanoff 2.5.162+(commit)", version 3 ".NET nanoFramework Firmware Flasher v3.0.0-preview.1+(commit)".
        private static readonly Regex Pattern = new(
            @"(?:nanoff|Flasher)\s+v?(?<major>\d{1,4})\.(?<minor>\d{1,4})\.(?<patch>\d{1,6})(?<suffix>-[0-9A-Za-z.-]+)?",
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

        /// <summary>Finds it in what nanoff said.</summary>
        /// <param name="said">All of its output.</param>
        /// <returns>Null when there is no version in it.</returns>
        public static NanoffVersion? Find(string said)
        {
            Match match = Pattern.Match(said);
            return match.Success
                ? new NanoffVersion(Number(match, "major"), Number(match, "minor"), Number(match, "patch"), match.Groups["suffix"].Value)
                : null;
        }

        /// <inheritdoc/>
        public override string ToString()
        {
            return string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}.{Patch}{Suffix}");
        }

        private static int Number(Match match, string group)
        {
            return int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
        }
    }
}
