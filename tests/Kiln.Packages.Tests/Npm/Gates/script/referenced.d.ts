export declare const referenced: "r";
