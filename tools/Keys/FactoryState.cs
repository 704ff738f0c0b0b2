namespace NanoComm.Keys
{
    /// <summary>How far a unit of a lot has come on the line.</summary>
    public enum FactoryState
    {
        /// <summary>Its keys are made, and in no unit.</summary>
        Made = 0,

        /// <summary>Writing was begun, and nothing tells its end.</summary>
        Begun = 1,

        /// <summary>Writing failed: nothing was written.</summary>
        Failed = 2,

        /// <summary>Its keys are in a unit.</summary>
        Written = 3,
    }
}
