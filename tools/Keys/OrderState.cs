namespace NanoComm.Keys
{
    /// <summary>What became of an order.</summary>
    public enum OrderState
    {
        /// <summary>Given out: the unit may take it, or may have taken it.</summary>
        Open = 1,

        /// <summary>The unit has answered it.</summary>
        Answered = 2,

        /// <summary>Another one was made in its place. The unit may have taken it before that.</summary>
        Replaced = 3,

        /// <summary>Its unit was ordered to retire, lost, erased or exchanged, or a ticket was made for another meter or after its end.</summary>
        Dead = 4,
    }
}
