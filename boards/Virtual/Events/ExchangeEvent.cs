namespace NanoComm.Virtual.Events
{
    /// <summary>A request with its answer, or a notification.</summary>
    /// <param name="Event"><c>request</c> or <c>notification</c>.</param>
    internal sealed record ExchangeEvent(string Event) : JsonEvent(Event)
    {
        /// <summary>Which path.</summary>
        public string Path { get; init; }

        /// <summary>Who asked; null for a notification.</summary>
        public string From { get; init; }

        /// <summary>Who was told; null for a request.</summary>
        public string To { get; init; }

        /// <summary>Its service in words; null where it is no whole frame.</summary>
        public string Esv { get; init; }

        /// <summary>The object that is asked, or that speaks, six hexadecimal digits; null where it is no whole frame.</summary>
        public string Object { get; init; }

        /// <summary>Its properties; null where it is no whole frame.</summary>
        public PropertyData[] Properties { get; init; }

        /// <summary>Why it was dropped; null when it was not.</summary>
        public string Dropped { get; init; }

        /// <summary>The answer's service in words; null without an answer.</summary>
        public string Answer { get; init; }

        /// <summary>The frame, in hexadecimal digits.</summary>
        public string Frame { get; init; }

        /// <summary>The answer's frame, in hexadecimal digits; null without an answer.</summary>
        public string AnswerFrame { get; init; }
    }
}
