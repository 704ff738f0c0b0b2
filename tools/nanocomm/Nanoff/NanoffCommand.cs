namespace NanoComm.Tool
{
    /// <summary>What nanoff is asked to do. <see cref="NanoffDialect"/> has the words for each.</summary>
    internal enum NanoffCommand
    {
        /// <summary>Read what chip is at the port; restarts the board.</summary>
        Chip,

        /// <summary>Read what image and program the board runs.</summary>
        Unit,

        /// <summary>Write the firmware image, fetched from nanoFramework's repository.</summary>
        Firmware,

        /// <summary>Write the firmware image out of a folder that was filled beforehand.</summary>
        ArchivedFirmware,

        /// <summary>Write the program.</summary>
        Application,

        /// <summary>Write and delete files, by a plan.</summary>
        Files,

        /// <summary>Read the whole flash into a file; restarts the board.</summary>
        Backup,

        /// <summary>Fetch a firmware image into a folder; needs no board.</summary>
        Archive,
    }
}
