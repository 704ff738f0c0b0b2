using System;

namespace NanoComm.MeterConformance
{
    /// <summary>One rule that a meter is looked at for.</summary>
    /// <param name="Id">Stable.</param>
    /// <param name="Group">The group that it is chosen by, see <see cref="RowGroup"/>.</param>
    /// <param name="Title">The rule, in one line.</param>
    /// <param name="Source">The clause that it comes from.</param>
    /// <param name="IsCertain">Whether that clause was read; a rule that was not read only warns.</param>
    /// <param name="Class">The class of meters that it is for, or 0 for every meter.</param>
    /// <param name="Check">Looks.</param>
    public sealed record ConformanceRow(string Id, string Group, string Title, string Source, bool IsCertain, int Class,
        Func<MeterUnderTest, Finding> Check);
}
