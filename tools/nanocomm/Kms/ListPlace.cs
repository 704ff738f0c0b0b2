using System;

namespace NanoComm.Tool
{
    /// <summary>Where a column of a list is to be seen.</summary>
    [Flags]
    internal enum ListPlace
    {
        /// <summary>On the screen: what is looked up for each row, of which a page has few.</summary>
        Screen = 1,

        /// <summary>In CSV and JSON.</summary>
        Files = 2,

        /// <summary>On the screen and in files.</summary>
        Everywhere = Screen | Files,
    }
}
