namespace NanoComm.Simulators
{
    /// <summary>When, at an operation, the power goes.</summary>
    public enum PowerCutMoment
    {
        /// <summary>Just before: nothing of it is done.</summary>
        Before,

        /// <summary>In the middle: half of a write is on the medium, half of a message on the line. A file is deleted or
        /// renamed, or it is not.</summary>
        Within,

        /// <summary>Just after: all of it is done.</summary>
        After,
    }
}
